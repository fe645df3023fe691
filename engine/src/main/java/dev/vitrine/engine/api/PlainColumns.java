package dev.vitrine.engine.api;

/// Conditions, casts, hashes and what is known of the session, as columns. Users see them as
/// [Functions].
abstract sealed class PlainColumns extends ColumnBasics permits MathColumns {
    PlainColumns() {}

    /// What aes_encrypt made of bytes.
    public static Column aes_decrypt(Column bytes, Column key) {
        return call("aes_decrypt", bytes, key);
    }

    public static Column aes_decrypt(Column bytes, Column key, Column mode) {
        return call("aes_decrypt", bytes, key, mode);
    }

    public static Column aes_decrypt(Column bytes, Column key, Column mode, Column padding) {
        return call("aes_decrypt", bytes, key, mode, padding);
    }

    public static Column aes_decrypt(
            Column bytes, Column key, Column mode, Column padding, Column aad) {
        return call("aes_decrypt", bytes, key, mode, padding, aad);
    }

    /// Bytes encrypted by AES in mode GCM, CBC or ECB.
    public static Column aes_encrypt(Column bytes, Column key) {
        return call("aes_encrypt", bytes, key);
    }

    public static Column aes_encrypt(Column bytes, Column key, Column mode) {
        return call("aes_encrypt", bytes, key, mode);
    }

    public static Column aes_encrypt(Column bytes, Column key, Column mode, Column padding) {
        return call("aes_encrypt", bytes, key, mode, padding);
    }

    public static Column aes_encrypt(
            Column bytes, Column key, Column mode, Column padding, Column iv) {
        return call("aes_encrypt", bytes, key, mode, padding, iv);
    }

    public static Column aes_encrypt(
            Column bytes, Column key, Column mode, Column padding, Column iv, Column aad) {
        return call("aes_encrypt", bytes, key, mode, padding, iv, aad);
    }

    /// NULL where the condition holds, else an error.
    public static Column assert_true(Column condition) {
        return call("assert_true", condition);
    }

    public static Column assert_true(Column condition, Column message) {
        return call("assert_true", condition, message);
    }

    /// The first argument that is not NULL.
    public static Column coalesce(Column... columns) {
        return call("coalesce", columns);
    }

    /// Cyclic redundancy check.
    public static Column crc32(Column bytes) {
        return call("crc32", bytes);
    }

    /// The catalog that names are looked up in.
    public static Column current_catalog() {
        return call("current_catalog");
    }

    /// The database that names are looked up in.
    public static Column current_database() {
        return call("current_database");
    }

    /// Where names of functions and tables are looked up, in this order.
    public static Column current_path() {
        return call("current_path");
    }

    /// The database that names are looked up in.
    public static Column current_schema() {
        return call("current_schema");
    }

    /// The user's name.
    public static Column current_user() {
        return call("current_user");
    }

    /// The result after the first search that equals value, NULL being equal to NULL; with two
    /// arguments, bytes as text in a charset.
    public static Column decode(Column value, String search) {
        return call("decode", value, lit(search));
    }

    /// Whether a equals b, NULL being equal to NULL.
    public static Column equal_null(Column a, Column b) {
        return call("equal_null", a, b);
    }

    /// Largest of the arguments; NULLs are skipped.
    public static Column greatest(Column... columns) {
        return call("greatest", columns);
    }

    public static Column greatest(String a, String... more) {
        return call("greatest", with(col(a), names(more)));
    }

    /// Murmur3 hash of the arguments.
    public static Column hash(Column... columns) {
        return call("hash", columns);
    }

    /// a, or b where a is NULL.
    public static Column ifnull(Column a, Column b) {
        return call("ifnull", a, b);
    }

    /// Whether str fits a pattern of % and _, letter case ignored.
    public static Column ilike(Column str, Column pattern) {
        return call("ilike", str, pattern);
    }

    /// Where in its file a row's block is, or -1.
    public static Column input_file_block_length() {
        return call("input_file_block_length");
    }

    /// Where in its file a row's block is, or -1.
    public static Column input_file_block_start() {
        return call("input_file_block_start");
    }

    /// The file a row was read from, where known.
    public static Column input_file_name() {
        return call("input_file_name");
    }

    /// Whether x is not NULL.
    public static Column isnotnull(Column x) {
        return call("isnotnull", x);
    }

    /// Whether x is NULL.
    public static Column isnull(Column x) {
        return call("isnull", x);
    }

    /// Smallest of the arguments; NULLs are skipped.
    public static Column least(Column... columns) {
        return call("least", columns);
    }

    public static Column least(String a, String... more) {
        return call("least", with(col(a), names(more)));
    }

    /// Whether str fits a pattern of % and _.
    public static Column like(Column str, Column pattern) {
        return call("like", str, pattern);
    }

    /// MD5 digest in hexadecimal digits.
    public static Column md5(Column bytes) {
        return call("md5", bytes);
    }

    /// A number that grows from row to row; the partition is in its upper bits.
    public static Column monotonicallyIncreasingId() {
        return call("monotonically_increasing_id");
    }

    /// A number that grows from row to row; the partition is in its upper bits.
    public static Column monotonically_increasing_id() {
        return call("monotonically_increasing_id");
    }

    /// NULL where a equals b, else a.
    public static Column nullif(Column a, Column b) {
        return call("nullif", a, b);
    }

    /// NULL where x is 0, else x.
    public static Column nullifzero(Column x) {
        return call("nullifzero", x);
    }

    /// a, or b where a is NULL.
    public static Column nvl(Column a, Column b) {
        return call("nvl", a, b);
    }

    /// b where a is not NULL, else c.
    public static Column nvl2(Column a, Column b, Column c) {
        return call("nvl2", a, b, c);
    }

    /// Fails with a message.
    public static Column raise_error(Column message) {
        return call("raise_error", message);
    }

    /// A random number from 0 to below 1.
    public static Column rand() {
        return call("rand");
    }

    public static Column rand(long seed) {
        return call("rand", lit(seed));
    }

    /// A random number of the standard normal distribution.
    public static Column randn() {
        return call("randn");
    }

    public static Column randn(long seed) {
        return call("randn", lit(seed));
    }

    /// A random number from 0 to below 1.
    public static Column random() {
        return call("random");
    }

    public static Column random(Column seed) {
        return call("random", seed);
    }

    /// A random string of digits and letters.
    public static Column randstr(Column length) {
        return call("randstr", length);
    }

    public static Column randstr(Column length, Column seed) {
        return call("randstr", length, seed);
    }

    /// The user's name.
    public static Column session_user() {
        return call("session_user");
    }

    /// SHA-1 digest in hexadecimal digits.
    public static Column sha(Column bytes) {
        return call("sha", bytes);
    }

    /// SHA-1 digest in hexadecimal digits.
    public static Column sha1(Column bytes) {
        return call("sha1", bytes);
    }

    /// SHA-2 digest of 224, 256, 384 or 512 bits in hexadecimal digits.
    public static Column sha2(Column bytes, int bits) {
        return call("sha2", bytes, lit(bits));
    }

    /// The partition in which the row is computed.
    public static Column spark_partition_id() {
        return call("spark_partition_id");
    }

    /// As aes_decrypt, with NULL for what cannot be decrypted.
    public static Column try_aes_decrypt(Column bytes, Column key) {
        return call("try_aes_decrypt", bytes, key);
    }

    public static Column try_aes_decrypt(Column bytes, Column key, Column mode) {
        return call("try_aes_decrypt", bytes, key, mode);
    }

    public static Column try_aes_decrypt(Column bytes, Column key, Column mode, Column padding) {
        return call("try_aes_decrypt", bytes, key, mode, padding);
    }

    public static Column try_aes_decrypt(
            Column bytes, Column key, Column mode, Column padding, Column aad) {
        return call("try_aes_decrypt", bytes, key, mode, padding, aad);
    }

    /// The type of x.
    public static Column typeof(Column x) {
        return call("typeof", x);
    }

    /// A random number from min to below max, of their type.
    public static Column uniform(Column min, Column max) {
        return call("uniform", min, max);
    }

    public static Column uniform(Column min, Column max, Column seed) {
        return call("uniform", min, max, seed);
    }

    /// The user's name.
    public static Column user() {
        return call("user");
    }

    /// A random UUID.
    public static Column uuid() {
        return call("uuid");
    }

    public static Column uuid(Column seed) {
        return call("uuid", seed);
    }

    /// The version of Spark whose dialect this is.
    public static Column version() {
        return call("version");
    }

    /// 64-bit xxHash of the arguments.
    public static Column xxhash64(Column... columns) {
        return call("xxhash64", columns);
    }

    /// 0 where x is NULL, else x.
    public static Column zeroifnull(Column x) {
        return call("zeroifnull", x);
    }
}
