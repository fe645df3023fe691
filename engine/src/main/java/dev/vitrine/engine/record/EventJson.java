package dev.vitrine.engine.record;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.QueryOutcome;

/// Events as JSON: one object each, its kind under `event`, its components under their names.
final class EventJson {
    /// Each operator of a plan nests two levels deep.
    private static final int DEPTH = 20_000;

    static final ObjectMapper MAPPER = mapper();

    private EventJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    private interface EventKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    private interface OutcomeKind {}

    private static ObjectMapper mapper() {
        JsonFactory json =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                        .streamWriteConstraints(
                                StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
                        .build();
        ObjectMapper mapper =
                new ObjectMapper(json)
                        .registerModule(new Jdk8Module())
                        .registerModule(new JavaTimeModule())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                        .addMixIn(EngineEvent.class, EventKind.class)
                        .addMixIn(QueryOutcome.class, OutcomeKind.class);
        register(mapper, EngineEvent.class);
        register(mapper, QueryOutcome.class);
        return mapper;
    }

    private static void register(ObjectMapper mapper, Class<?> sealed) {
        for (Class<?> kind : sealed.getPermittedSubclasses()) {
            mapper.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
        }
    }
}
