package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
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
    private static final ValueHash MURMUR3 = new Murmur3();
    private static final ValueHash XXHASH = new XxHash();

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
                        .computedBy((a, s) -> (int) MURMUR3.of(a, s.argTypes())),
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
                        .computedBy((a, s) -> XXHASH.of(a, s.argTypes())),
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
}
