/// A plan as a zoomable graph with the rows that went through each node.
@NullMarked
package dev.vitrine.plan.view;

import org.jspecify.annotations.NullMarked;
