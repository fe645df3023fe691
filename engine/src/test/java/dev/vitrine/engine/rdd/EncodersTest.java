package dev.vitrine.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What comes back is what was written, by generated code as by method handles.
@SuppressWarnings("NullAway") // objects with nulls, as programs without its checks have them
public final class EncodersTest {
    public record Everything(
            boolean bool,
            byte tiny,
            short small,
            int whole,
            long big,
            float real,
            double twice,
            Integer boxed,
            String text,
            BigDecimal decimal,
            BigInteger huge,
            LocalDate date,
            Instant instant,
            LocalDateTime local,
            LocalTime time,
            Period months,
            Duration span,
            DayOfWeek day,
            Optional<String> maybe,
            List<Integer> list,
            Set<String> set,
            Map<String, List<Integer>> map,
            Pair<Integer, String> pair) {}

    public record Pair<A, B>(A a, B b) {}

    public record Bytes(byte[] bytes) {}

    private record Hidden(int a, Pair<String, Integer> pair) {}

    public record Loop(int a, List<Loop> loops) {}

    public record Strange(Thread thread) {}

    public record Checked(int a) {
        public Checked {
            if (a < 0) {
                throw new IllegalArgumentException("below 0");
            }
        }
    }

    public static final class Bean {
        private String name = "";
        private int age;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }
    }

    private static final Everything FULL =
            new Everything(
                    true,
                    (byte) 1,
                    (short) 2,
                    3,
                    4L,
                    5f,
                    6d,
                    7,
                    "eight",
                    new BigDecimal("9.500000000000000000"),
                    BigInteger.TEN,
                    LocalDate.of(2024, 2, 29),
                    Instant.parse("2024-02-29T01:02:03.000004Z"),
                    LocalDateTime.parse("2024-02-29T01:02:03.000004"),
                    LocalTime.parse("01:02:03.000004"),
                    Period.of(1, 2, 0),
                    Duration.ofSeconds(-5, 1000),
                    DayOfWeek.FRIDAY,
                    Optional.of("yes"),
                    new ArrayList<>(Arrays.asList(1, null)),
                    Set.of("x"),
                    Map.of("k", List.of(1, 2)),
                    new Pair<>(1, "b"));

    private static <T> T back(Encoder<T> encoder, T value) {
        return encoder.read(encoder.write(value).toArray());
    }

    @Test
    void everyType() {
        Encoder<Everything> encoder = Encoders.record(Everything.class);
        assertTrue(((ProductCodec) encoder.codec()).compiled());
        assertEquals(FULL, back(encoder, FULL));
        assertEquals(
                "struct<bool:boolean,tiny:tinyint,small:smallint,whole:int,big:bigint,real:float,twice:double,"
                        + "boxed:int,text:string,decimal:decimal(38,18),huge:decimal(38,0),date:date,instant:timestamp,"
                        + "local:timestamp_ntz,time:time(6),months:interval year to month,span:interval day to second,"
                        + "day:string,maybe:string,list:array<int>,set:array<string>,map:map<string,array<int>>,"
                        + "pair:struct<a:int,b:string>>",
                encoder.schema().catalogString());
        assertFalse(encoder.schema().field(0).nullable());
        assertTrue(encoder.schema().field(7).nullable());
        Everything empty =
                new Everything(
                        false,
                        (byte) 0,
                        (short) 0,
                        0,
                        0,
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Optional.empty(),
                        null,
                        null,
                        null,
                        null);
        assertEquals(empty, back(encoder, empty));
        assertArrayEquals(
                new byte[] {1, 2},
                back(Encoders.record(Bytes.class), new Bytes(new byte[] {1, 2})).bytes());
    }

    @Test
    void classesThatAreNotPublicAreReachedAsWell() {
        Encoder<Hidden> encoder = Encoders.record(Hidden.class);
        assertFalse(((ProductCodec) encoder.codec()).compiled());
        assertEquals(
                new Hidden(1, new Pair<>("a", 2)),
                back(encoder, new Hidden(1, new Pair<>("a", 2))));
    }

    @Test
    void beans() {
        Bean bean = new Bean();
        bean.setName("Ada");
        bean.setAge(36);
        Encoder<Bean> encoder = Encoders.bean(Bean.class);
        assertEquals("struct<age:int,name:string>", encoder.schema().catalogString());
        assertEquals("Ada", back(encoder, bean).getName());
        assertEquals(36, back(encoder, bean).getAge());
    }

    @Test
    void tuplesAndTypes() {
        Encoder<Tuple2<Pair<Integer, String>, Integer>> encoder =
                Encoders.tuple(
                        Encoders.of(FULL.getClass().getRecordComponents()[22].getGenericType()),
                        Encoders.INT());
        assertEquals(
                new Tuple2<>(new Pair<>(1, "a"), 2),
                back(encoder, new Tuple2<>(new Pair<>(1, "a"), 2)));
        assertEquals("array<int>", Encoders.list(Encoders.INT()).type().catalogString());
    }

    @Test
    void whatNoColumnHasIsSaid() {
        EngineException strange =
                assertThrows(EngineException.class, () -> Encoders.record(Strange.class));
        assertEquals(ErrorCode.ENCODER_NOT_FOUND, strange.code());
        assertTrue(strange.getMessage().contains("Strange.thread"), strange.getMessage());
        assertEquals(
                ErrorCode.CIRCULAR_CLASS_REFERENCE,
                assertThrows(EngineException.class, () -> Encoders.record(Loop.class)).code());
        EngineException thrown =
                assertThrows(
                        EngineException.class,
                        () -> Encoders.record(Checked.class).read(new Object[] {-1}));
        assertEquals(ErrorCode.FAILED_METHOD_CALL, thrown.code());
        assertEquals(
                ErrorCode.INVALID_EXTERNAL_TYPE,
                assertThrows(
                                EngineException.class,
                                () ->
                                        Encoders.<DayOfWeek>of(DayOfWeek.class)
                                                .read(new Object[] {"Nosday"}))
                        .code());
    }
}
