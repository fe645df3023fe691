/// What names stand for: databases with tables, views and functions, kept as JSON in a folder;
/// temporary views, functions and variables; files through connectors.
///
/// Entry type: [Catalog]. Allowed neighbours: the packages below it, up to `logical`.
package dev.vitrine.engine.catalog;
