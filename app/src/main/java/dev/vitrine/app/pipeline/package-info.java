/// The canvas: view model, nodes, edges, forms, palette, outline. Entry type: [PipelineEditor].
@NullMarked
package dev.vitrine.app.pipeline;

import org.jspecify.annotations.NullMarked;
