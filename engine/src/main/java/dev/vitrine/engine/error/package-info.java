/// Errors as users meet them: one code per condition, with SQLSTATE, message and hint.
///
/// Entry type: [EngineException]. Allowed neighbours: none.
package dev.vitrine.engine.error;
