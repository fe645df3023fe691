package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.catalog.CatalogView;
import dev.vitrine.app.project.Project;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.api.TableInfo;
import dev.vitrine.engine.pipeline.PipelineQueries;
import java.util.List;

/// The session's tables and views in the catalog; each data file of the project is one. FX thread
/// only.
final class ProjectTables {
    private final Project project;
    private final PipelineQueries queries;
    private final Background background;
    private final CatalogView catalog;
    private final LogLines log;
    private final Session session;
    private final Latest<List<TableInfo>> tables;
    private List<String> names = List.of();

    ProjectTables(
            Project project,
            PipelineQueries queries,
            Session session,
            Background background,
            CatalogView catalog,
            LogLines log) {
        this.project = project;
        this.queries = queries;
        this.session = session;
        this.background = background;
        this.catalog = catalog;
        this.log = log;
        this.tables = new Latest<>(background, 50, this::show);
    }

    List<String> names() {
        return names;
    }

    /// Makes the project's data files views, then calls `done`.
    void load(Runnable done) {
        background.run(
                () -> {
                    register(project.tree());
                    return true;
                },
                registered -> {
                    queries.forget();
                    refresh();
                    done.run();
                });
    }

    /// Asks the session anew, after a statement that may have changed something.
    void refresh() {
        tables.ask(session::tables);
    }

    private void show(List<TableInfo> found) {
        names = found.stream().map(TableInfo::name).toList();
        catalog.show(found);
    }

    private void register(Project.Entry entry) {
        if (entry.kind() == Project.FileKind.DATA) {
            String file = String.valueOf(entry.path().getFileName());
            String name =
                    file.substring(0, file.lastIndexOf('.')).replaceAll("[^\\p{Alnum}]+", "_");
            try {
                queries.createFileView(name, entry.path());
            } catch (RuntimeException e) {
                // A file that is no table is still a file of the project.
                log.warn("project", String.valueOf(e.getMessage()));
            }
        }
        entry.children().forEach(this::register);
    }
}
