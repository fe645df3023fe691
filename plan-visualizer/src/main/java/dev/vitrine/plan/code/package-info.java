/// The Java that stages were compiled to.
@NullMarked
package dev.vitrine.plan.code;

import org.jspecify.annotations.NullMarked;
