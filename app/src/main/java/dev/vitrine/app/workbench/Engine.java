package dev.vitrine.app.workbench;

import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.ExpressionParser;

/// What stands behind a window: a session and the SQL that belongs to it.
public record Engine(Session session, SqlLanguage language, ExpressionParser parser) {}
