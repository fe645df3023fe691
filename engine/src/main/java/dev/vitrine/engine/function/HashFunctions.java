package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Hashes and digests, equal to Spark's.
final class HashFunctions {
    private static final String G = "hash";
    private static final int SEED = 42;

    private HashFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "hash(a, b, …)",
                                "Murmur3 hash of the arguments.",
                                "hash('Spark', array(123), 2)",
                                "-1321691492")
                        .takes(ArgType.ANY)
                        .andMore(ArgType.ANY)
                        .prepared(HashFunctions::withoutMaps)
                        .returns(DataType.INT)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .computedBy(HashFunctions::hash),
                define(
                                G,
                                "xxhash64(a, b, …)",
                                "64-bit xxHash of the arguments.",
                                "xxhash64('Spark', array(123), 2)",
                                "5602566077635097486")
                        .takes(ArgType.ANY)
                        .andMore(ArgType.ANY)
                        .prepared(HashFunctions::withoutMaps)
                        .returns(DataType.BIGINT)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .computedBy((a, s) -> {
                            long hash = SEED;
                            for (int i = 0; i < a.length; i++) {
                                hash = XxHash.hash(a[i], s.argTypes().get(i), hash);
                            }
                            return hash;
                        }),
                define(
                                G,
                                "md5(bytes)",
                                "MD5 digest in hexadecimal digits.",
                                "md5('Spark')",
                                "8cde774d6f7333752ed72cacddb05126")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> digest("MD5", a[0])),
                define(
                                G,
                                "sha1(bytes)",
                                "SHA-1 digest in hexadecimal digits.",
                                "sha1('Spark')",
                                "85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> digest("SHA-1", a[0]))
                        .alsoNamed("sha"),
                define(
                                G,
                                "sha2(bytes, bits)",
                                "SHA-2 digest of 224, 256, 384 or 512 bits in hexadecimal digits.",
                                "sha2('Spark', 256)",
                                "529bc3b07127ecb7e53a4dcf1991d9152c24537d919178022b2c42657f79a26b")
                        .takes(ArgType.TEXT_OR_BYTES, ArgType.INT)
                        .returns(DataType.STRING)
                        .nullable()
                        .computedBy((a, s) -> sha2(a[0], (Integer) a[1])),
                define(
                                G,
                                "crc32(bytes)",
                                "Cyclic redundancy check.",
                                "crc32('Spark')",
                                "1557323817")
                        .takes(ArgType.TEXT_OR_BYTES)
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            CRC32 crc = new CRC32();
                            crc.update(StringFunctions.bytes(a[0]));
                            return crc.getValue();
                        }));
    }

    private static FunctionCall withoutMaps(FunctionCall call) {
        if (call.args().stream().anyMatch(arg -> MapFunctions.hasMap(arg.type()))) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__HASH_MAP_TYPE,
                    Map.of("functionName", "`" + call.name() + "`"),
                    call.where());
        }
        return call;
    }

    private static @Nullable Object sha2(@Nullable Object value, int bits) {
        return switch (bits) {
            case 0, 256 -> digest("SHA-256", value);
            case 224, 384, 512 -> digest("SHA-" + bits, value);
            default -> null;
        };
    }

    private static String digest(String algorithm, @Nullable Object value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(algorithm).digest(StringFunctions.bytes(value));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw EngineException.internal("the JDK has no " + algorithm, e);
        }
    }

    private static Object hash(@Nullable Object[] args, CallSite site) {
        int hash = SEED;
        for (int i = 0; i < args.length; i++) {
            hash = hash(args[i], site.argTypes().get(i), hash);
        }
        return hash;
    }

    private static int hash(@Nullable Object value, DataType type, int seed) {
        return switch (value) {
            case null -> seed;
            case Boolean b -> ofInt(b ? 1 : 0, seed);
            case Long n -> ofLong(n, seed);
            case Float f -> ofInt(Float.floatToIntBits(f == 0 ? 0f : f), seed);
            case Double d -> ofLong(Double.doubleToLongBits(d == 0 ? 0d : d), seed);
            case BigDecimal d when type instanceof DataType.Decimal t && t.precision() <= 18 ->
                    ofLong(d.unscaledValue().longValueExact(), seed);
            case BigDecimal d -> ofBytes(d.unscaledValue().toByteArray(), seed);
            case Number n -> ofInt(n.intValue(), seed);
            case String s -> ofBytes(s.getBytes(StandardCharsets.UTF_8), seed);
            case Binary b -> ofBytes(b.toBytes(), seed);
            case List<?> list -> {
                int hash = seed;
                for (int i = 0; i < list.size(); i++) {
                    DataType element =
                            type instanceof DataType.Array(var e, var nulls)
                                    ? e
                                    : ((DataType.Struct) type).fields().get(i).type();
                    hash = hash(list.get(i), element, hash);
                }
                yield hash;
            }
            default -> seed;
        };
    }

    private static int ofInt(int value, int seed) {
        return finish(mix(seed, scramble(value)), 4);
    }

    private static int ofLong(long value, int seed) {
        int low = mix(seed, scramble((int) value));
        return finish(mix(low, scramble((int) (value >>> 32))), 8);
    }

    /// Whole words first, then the rest byte by byte, each mixed in as a word: not standard
    /// Murmur3, but Spark's.
    private static int ofBytes(byte[] bytes, int seed) {
        int hash = seed;
        int words = bytes.length - bytes.length % 4;
        for (int i = 0; i < words; i += 4) {
            int word =
                    (bytes[i] & 0xFF)
                            | (bytes[i + 1] & 0xFF) << 8
                            | (bytes[i + 2] & 0xFF) << 16
                            | bytes[i + 3] << 24;
            hash = mix(hash, scramble(word));
        }
        for (int i = words; i < bytes.length; i++) {
            hash = mix(hash, scramble(bytes[i]));
        }
        return finish(hash, bytes.length);
    }

    private static int scramble(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int mix(int hash, int word) {
        return Integer.rotateLeft(hash ^ word, 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
