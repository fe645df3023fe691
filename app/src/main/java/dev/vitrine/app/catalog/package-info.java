/// Tables and views in a tree. Entry type: [CatalogView].
@NullMarked
package dev.vitrine.app.catalog;

import org.jspecify.annotations.NullMarked;
