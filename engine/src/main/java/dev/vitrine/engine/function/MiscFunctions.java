package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What fits nowhere else: the session, bits, encryption.
final class MiscFunctions {
    private static final String G = "misc";
    private static final int GCM_IV = 12;
    private static final int CBC_IV = 16;
    private static final int TAG_BITS = 128;
    private static final int BITMAP_BITS = 32_768;

    private MiscFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(session());
        all.addAll(bits());
        all.addAll(ciphers());
        return all;
    }

    private static FunctionEntry constant(String name, String doc, String value, String... others) {
        return new FunctionEntry(
                name,
                List.of(others),
                FunctionKind.SCALAR,
                G,
                name + "()",
                doc,
                "",
                "",
                call -> {
                    call.arity(0, 0);
                    return Expr.Literal.of(value);
                });
    }

    private static List<FunctionEntry> session() {
        return List.of(
                constant(
                        "current_path",
                        "The schemas in which functions are looked for, in their order.",
                        "system.builtin,system.session,spark_catalog.default"),
                constant(
                        "current_user",
                        "The user's name.",
                        System.getProperty("user.name", ""),
                        "user",
                        "session_user"),
                constant(
                        "current_catalog",
                        "The catalog that names are looked up in.",
                        "spark_catalog"),
                constant(
                        "current_database",
                        "The database that names are looked up in.",
                        "default",
                        "current_schema"),
                constant("version", "The version of Spark whose dialect this is.", "4.0.0"),
                constant("input_file_name", "The file a row was read from, where known.", ""),
                new FunctionEntry(
                        "input_file_block_start",
                        List.of("input_file_block_length"),
                        FunctionKind.SCALAR,
                        G,
                        "input_file_block_start()",
                        "Where in its file a row's block is, or -1.",
                        "",
                        "",
                        call -> {
                            call.arity(0, 0);
                            return Expr.Literal.of(-1L);
                        }));
    }

    private static List<FunctionEntry> bits() {
        return List.of(
                define(
                                "math",
                                "getbit(n, pos)",
                                "The bit of n at a position from 0 on the right.",
                                "getbit(11, 0)",
                                "1")
                        .takes(ArgType.INTEGRAL, ArgType.INT)
                        .returns(DataType.TINYINT)
                        .fails()
                        .computedBy((a, s) -> {
                            int bits =
                                    switch (s.argTypes().getFirst()) {
                                        case DataType.Simple.TINYINT -> 8;
                                        case DataType.Simple.SMALLINT -> 16;
                                        case DataType.Simple.INT -> 32;
                                        default -> 64;
                                    };
                            int at = (Integer) a[1];
                            if (at < 0 || at >= bits) {
                                throw new EngineException(
                                        ErrorCode.INVALID_PARAMETER_VALUE__BIT_POSITION_RANGE,
                                        Map.of(
                                                "functionName",
                                                "`getbit`",
                                                "parameter",
                                                "`pos`",
                                                "upper",
                                                bits,
                                                "invalidValue",
                                                at));
                            }
                            return (byte) (((Number) a[0]).longValue() >> at & 1);
                        })
                        .alsoNamed("bit_get"),
                define(
                                "math",
                                "bitmap_bit_position(n)",
                                "The bit for n in its bitmap.",
                                "bitmap_bit_position(123)",
                                "122")
                        .takes(ArgType.BIGINT)
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            long n = (Long) a[0];
                            return n > 0 ? (n - 1) % BITMAP_BITS : -n % BITMAP_BITS;
                        }),
                define(
                                "math",
                                "bitmap_bucket_number(n)",
                                "The number of the bitmap for n.",
                                "bitmap_bucket_number(123)",
                                "1")
                        .takes(ArgType.BIGINT)
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            long n = (Long) a[0];
                            return n > 0 ? 1 + (n - 1) / BITMAP_BITS : n / BITMAP_BITS;
                        }),
                define(
                                "math",
                                "bitmap_count(bitmap)",
                                "Number of bits set in a bitmap.",
                                "bitmap_count(X'1010')",
                                "2")
                        .takes(ArgType.BINARY)
                        .returns(DataType.BIGINT)
                        .computedBy((a, s) -> {
                            long count = 0;
                            for (byte b : StringFunctions.bytes(a[0])) {
                                count += Integer.bitCount(b & 0xFF);
                            }
                            return count;
                        }));
    }

    private static List<FunctionEntry> ciphers() {
        return List.of(
                define(
                                G,
                                "aes_encrypt(bytes, key[, mode[, padding[, iv[, aad]]]])",
                                "Bytes encrypted by AES in mode GCM, CBC or ECB.",
                                "base64(aes_encrypt('Spark SQL', '1234567890abcdef', 'ECB'))",
                                "3lmwu+Mw0H3fi5NDvcu9lg==")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .maybe(ArgType.STRING, ArgType.STRING, ArgType.BINARY, ArgType.BINARY)
                        .returns(DataType.BINARY)
                        .varies()
                        .fails()
                        .computedBy((a, s) -> crypt("aes_encrypt", a, true)),
                define(
                                G,
                                "aes_decrypt(bytes, key[, mode[, padding[, aad]]])",
                                "What aes_encrypt made of bytes.",
                                "cast(aes_decrypt(unbase64('3lmwu+Mw0H3fi5NDvcu9lg=='), '1234567890abcdef', 'ECB') as string)",
                                "Spark SQL")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .maybe(ArgType.STRING, ArgType.STRING, ArgType.BINARY)
                        .returns(DataType.BINARY)
                        .fails()
                        .computedBy((a, s) -> crypt("aes_decrypt", a, false)),
                define(
                                G,
                                "try_aes_decrypt(bytes, key[, mode[, padding[, aad]]])",
                                "As aes_decrypt, with NULL for what cannot be decrypted.",
                                "try_aes_decrypt(X'00', '1234567890abcdef', 'ECB')",
                                "NULL")
                        .takes(ArgType.BINARY, ArgType.BINARY)
                        .maybe(ArgType.STRING, ArgType.STRING, ArgType.BINARY)
                        .returns(DataType.BINARY)
                        .nullable()
                        .computedBy((a, s) -> {
                            try {
                                return crypt("aes_decrypt", a, false);
                            } catch (EngineException e) {
                                return null;
                            }
                        }));
    }

    /// The initial vector stands before the encrypted bytes.
    private static Object crypt(String function, @Nullable Object[] a, boolean encrypts) {
        byte[] data = StringFunctions.bytes(a[0]);
        byte[] key = StringFunctions.bytes(a[1]);
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__AES_KEY_LENGTH,
                    Map.of("functionName", "`" + function + "`", "actualLength", key.length));
        }
        String mode = a.length > 2 ? String.valueOf(a[2]).toUpperCase(Locale.ROOT) : "GCM";
        byte[] given = encrypts && a.length > 4 ? StringFunctions.bytes(a[4]) : new byte[0];
        int authenticated = encrypts ? 5 : 4;
        try {
            int size = mode.equals("GCM") ? GCM_IV : mode.equals("CBC") ? CBC_IV : 0;
            byte[] start =
                    !encrypts
                            ? Arrays.copyOf(data, size)
                            : given.length > 0 ? given : SecureRandom.getSeed(size);
            if (start.length != size || !encrypts && data.length < size) {
                throw failed(function, "the initial vector must have " + size + " bytes", null);
            }
            Cipher cipher =
                    Cipher.getInstance(
                            mode.equals("GCM")
                                    ? "AES/GCM/NoPadding"
                                    : "AES/" + mode + "/PKCS5Padding");
            int direction = encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
            SecretKeySpec secret = new SecretKeySpec(key, "AES");
            switch (mode) {
                case "GCM" -> cipher.init(direction, secret, new GCMParameterSpec(TAG_BITS, start));
                case "CBC" -> cipher.init(direction, secret, new IvParameterSpec(start));
                default -> cipher.init(direction, secret);
            }
            if (mode.equals("GCM") && a.length > authenticated) {
                cipher.updateAAD(StringFunctions.bytes(a[authenticated]));
            }
            if (!encrypts) {
                return Binary.copyOf(cipher.doFinal(data, size, data.length - size));
            }
            byte[] secretBytes = cipher.doFinal(data);
            byte[] all = Arrays.copyOf(start, size + secretBytes.length);
            System.arraycopy(secretBytes, 0, all, size, secretBytes.length);
            return Binary.copyOf(all);
        } catch (GeneralSecurityException e) {
            throw failed(function, String.valueOf(e.getMessage()), e);
        }
    }

    private static EngineException failed(
            String function, String reason, @Nullable Throwable cause) {
        return new EngineException(
                ErrorCode.INVALID_PARAMETER_VALUE__AES_CRYPTO_ERROR,
                Map.of("functionName", "`" + function + "`", "detailMessage", reason),
                null,
                cause);
    }
}
