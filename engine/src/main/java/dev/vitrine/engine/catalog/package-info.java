/// What names stand for: temporary views, and files through connectors.
///
/// Entry type: [Catalog]. Allowed neighbours: the packages below it, up to `logical`.
package dev.vitrine.engine.catalog;
