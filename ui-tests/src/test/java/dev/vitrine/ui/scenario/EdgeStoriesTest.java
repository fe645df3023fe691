package dev.vitrine.ui.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.PlanSummary;
import dev.vitrine.engine.pipeline.EdgeMark;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.ui.driver.Driver;
import dev.vitrine.ui.driver.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// What people learn from the connections of a canvas before anything runs.
class EdgeStoriesTest {
    private static final String BUSIEST = "pipelines/busiest-airports.pipeline.json";

    @Test
    void anEdgeTellsItsColumnsWhereItIsPushedDownAndShuffled() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST);
            user.until("the marks", () -> !user.pipeline().model().marks().get().isEmpty());
            PlanSummary.Scan scan =
                    user.fx(() ->
                            user
                                    .pipeline()
                                    .model()
                                    .marks()
                                    .get()
                                    .getOrDefault(Edge.of("flights", "long-enough"), List.of())
                                    .stream()
                                    .filter(EdgeMark.PushDown.class::isInstance)
                                    .map(mark -> ((EdgeMark.PushDown) mark).scan())
                                    .findFirst()
                                    .orElseThrow());
            assertEquals(List.of("distance >= 100"), scan.filters());
            assertEquals(List.of("date", "destination"), scan.leftOut());
            user.robot().moveTo(user.middleOfEdge("flights", "node-long-enough").subtract(40, 0));
            user.robot().moveTo(user.middle("edge-flights-long-enough"));
            user.until("the card", () -> user.isVisible("edge-card"));
            user.pause(200).picture("edge-card-light");
            user.command("view.theme").pause(200).picture("edge-card-dark");
        }
    }

    @Test
    void aSelectedEdgeIsProfiledInTheInspector() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("edge-flights-long-enough");
            assertEquals(
                    Edge.of("flights", "long-enough"),
                    user.fx(() ->
                            user.pipeline().model().selection().get().singleEdge().orElseThrow()));
            user.until("the profile", () -> user.isVisible("profile-distance"));
            user.pause(300).picture("edge-profile-light");
            user.command("view.theme").pause(300).picture("edge-profile-dark");
        }
    }

    @Test
    void aSelectedEdgeIsDeletedByKeyAndTheDocumentSaysSo() {
        try (Driver user = Driver.open(Engines.local(), "light")) {
            user.openFile(BUSIEST).click("edge-flights-long-enough").press(KeyCode.DELETE);
            user.until("the save", () -> !saved(user).contains("\"from\": \"flights\""));
            assertTrue(saved(user).contains("\"id\": \"flights\""));
        }
    }

    private static String saved(Driver user) {
        try {
            return Files.readString(user.folder().resolve(BUSIEST));
        } catch (IOException e) {
            return "";
        }
    }
}
