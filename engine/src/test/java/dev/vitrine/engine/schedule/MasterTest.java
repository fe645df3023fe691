package dev.vitrine.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterTest {
    @Test
    void formsAreRead() {
        assertEquals(new Master.Local(1, OptionalInt.empty()), Master.parse("local"));
        assertEquals(new Master.Local(3, OptionalInt.empty()), Master.parse("local[3]"));
        assertEquals(new Master.Local(3, OptionalInt.of(2)), Master.parse("local[3, 2]"));
        assertTrue(Master.parse("local[*]").totalSlots() > 0);
        assertEquals(new Master.LocalCluster(2, 3, 512), Master.parse("local-cluster[2,3,512]"));
        assertEquals(6, Master.parse("local-cluster[2,3,512]").totalSlots());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local[0]",
                "local[2,0]",
                "local[]",
                "local-cluster[2,3]",
                "local-cluster[0,1,1]",
                "yarn",
                "spark://host:7077",
                "local[2"
            })
    void otherFormsSayWhatIsExpected(String text) {
        EngineException error = assertThrows(EngineException.class, () -> Master.parse(text));
        assertEquals(ErrorCode.INVALID_SETTING, error.code());
        assertTrue(
                String.valueOf(error.getMessage()).contains("local-cluster["), error.getMessage());
    }
}
