package dev.vitrine.engine.api;

/// Functions of strings and addresses. Users see them as [Functions].
abstract sealed class TextColumns extends MathColumns permits TimeColumns {
    TextColumns() {}

    /// Code point of the first character; 0 for an empty string.
    public static Column ascii(Column str) {
        return call("ascii", str);
    }

    /// A binary as base 64 text.
    public static Column base64(Column bytes) {
        return call("base64", bytes);
    }

    /// Number of bits in UTF-8.
    public static Column bit_length(Column str) {
        return call("bit_length", str);
    }

    /// str without blanks, or the given characters, at both ends.
    public static Column btrim(Column str) {
        return call("btrim", str);
    }

    public static Column btrim(Column str, Column characters) {
        return call("btrim", str, characters);
    }

    /// Number of characters, or of bytes of a binary.
    public static Column char_length(Column str) {
        return call("char_length", str);
    }

    /// Number of characters, or of bytes of a binary.
    public static Column character_length(Column str) {
        return call("character_length", str);
    }

    /// The character of a code, modulo 256.
    public static Column chr(Column n) {
        return call("chr", n);
    }

    /// The arguments, strings, binaries or arrays, one after the other.
    public static Column concat(Column... columns) {
        return call("concat", columns);
    }

    /// The strings, and the elements of arrays, that are not NULL with a separator between them.
    public static Column concat_ws(String separator, Column... str) {
        return call("concat_ws", with(lit(separator), str));
    }

    /// Whether part occurs in str.
    public static Column contains(Column str, Column part) {
        return call("contains", str, part);
    }

    /// The n-th of the arguments behind n.
    public static Column elt(Column... columns) {
        return call("elt", columns);
    }

    /// str as bytes in a charset.
    public static Column encode(Column str, String charset) {
        return call("encode", str, lit(charset));
    }

    /// Whether str ends with suffix.
    public static Column endswith(Column str, Column suffix) {
        return call("endswith", str, suffix);
    }

    /// Position of str in a list with commas, or 0.
    public static Column find_in_set(Column str, Column list) {
        return call("find_in_set", str, list);
    }

    /// x with thousands separators and a number of digits after the point, or by a pattern such as
    /// #,###.00.
    public static Column format_number(Column x, int digits) {
        return call("format_number", x, lit(digits));
    }

    /// The arguments written by a format such as %s has %d.
    public static Column format_string(String format, Column... x) {
        return call("format_string", with(lit(format), x));
    }

    /// A whole number, string or binary in hexadecimal digits.
    public static Column hex(Column value) {
        return call("hex", value);
    }

    /// str with each word's first letter in upper case.
    public static Column initcap(Column str) {
        return call("initcap", str);
    }

    /// Position of the first part in str, or 0.
    public static Column instr(Column str, Column part) {
        return call("instr", str, part);
    }

    public static Column instr(Column str, String part) {
        return call("instr", str, lit(part));
    }

    /// Whether str is valid UTF-8.
    public static Column is_valid_utf8(Column str) {
        return call("is_valid_utf8", str);
    }

    /// str in lower case.
    public static Column lcase(Column str) {
        return call("lcase", str);
    }

    /// The first n characters.
    public static Column left(Column str, Column n) {
        return call("left", str, n);
    }

    /// Number of characters, or of bytes of a binary.
    public static Column len(Column str) {
        return call("len", str);
    }

    /// Number of characters, or of bytes of a binary.
    public static Column length(Column str) {
        return call("length", str);
    }

    /// Number of single-character edits between a and b; -1 above the limit.
    public static Column levenshtein(Column a, Column b) {
        return call("levenshtein", a, b);
    }

    public static Column levenshtein(Column a, Column b, int limit) {
        return call("levenshtein", a, b, lit(limit));
    }

    /// Position of the first part in str from pos on, or 0.
    public static Column locate(String part, Column str) {
        return call("locate", lit(part), str);
    }

    public static Column locate(String part, Column str, int pos) {
        return call("locate", lit(part), str, lit(pos));
    }

    /// str in lower case.
    public static Column lower(Column str) {
        return call("lower", str);
    }

    /// str filled up on the left, or cut, to len characters.
    public static Column lpad(Column str, Column len, Column pad) {
        return call("lpad", str, len, pad);
    }

    public static Column lpad(Column str, int len, byte[] pad) {
        return call("lpad", str, lit(len), lit(pad));
    }

    public static Column lpad(Column str, int len, String pad) {
        return call("lpad", str, lit(len), lit(pad));
    }

    /// str without blanks, or the given characters, at its start.
    public static Column ltrim(Column str) {
        return call("ltrim", str);
    }

    public static Column ltrim(Column str, Column characters) {
        return call("ltrim", str, characters);
    }

    public static Column ltrim(Column str, String characters) {
        return call("ltrim", str, lit(characters));
    }

    /// str with what is no valid UTF-8 replaced.
    public static Column make_valid_utf8(Column str) {
        return call("make_valid_utf8", str);
    }

    /// str with letters and digits replaced; NULL keeps those of a kind.
    public static Column mask(Column str) {
        return call("mask", str);
    }

    public static Column mask(Column str, Column upper) {
        return call("mask", str, upper);
    }

    public static Column mask(Column str, Column upper, Column lower) {
        return call("mask", str, upper, lower);
    }

    public static Column mask(Column str, Column upper, Column lower, Column digit) {
        return call("mask", str, upper, lower, digit);
    }

    public static Column mask(Column str, Column upper, Column lower, Column digit, Column other) {
        return call("mask", str, upper, lower, digit, other);
    }

    /// Number of bytes in UTF-8.
    public static Column octet_length(Column str) {
        return call("octet_length", str);
    }

    /// str with what stands at pos replaced.
    public static Column overlay(Column str, Column replacement, Column pos) {
        return call("overlay", str, replacement, pos);
    }

    public static Column overlay(Column str, Column replacement, Column pos, Column len) {
        return call("overlay", str, replacement, pos, len);
    }

    /// A part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY, USERINFO.
    public static Column parse_url(Column url, Column part) {
        return call("parse_url", url, part);
    }

    public static Column parse_url(Column url, Column part, Column key) {
        return call("parse_url", url, part, key);
    }

    /// Position of the first part in str from pos on, or 0.
    public static Column position(Column part, Column str) {
        return call("position", part, str);
    }

    public static Column position(Column part, Column str, Column pos) {
        return call("position", part, str, pos);
    }

    /// The arguments written by a format such as %s has %d.
    public static Column printf(Column format, Column... x) {
        return call("printf", with(format, x));
    }

    /// Whether regex matches a part of str.
    public static Column regexp(Column str, Column regex) {
        return call("regexp", str, regex);
    }

    /// How often regex matches in str.
    public static Column regexp_count(Column str, Column regex) {
        return call("regexp_count", str, regex);
    }

    /// The group of regex's first match in str, or an empty string.
    public static Column regexp_extract(Column str, String regex, int group) {
        return call("regexp_extract", str, lit(regex), lit(group));
    }

    /// The group of each of regex's matches in str.
    public static Column regexp_extract_all(Column str, Column regex) {
        return call("regexp_extract_all", str, regex);
    }

    public static Column regexp_extract_all(Column str, Column regex, Column group) {
        return call("regexp_extract_all", str, regex, group);
    }

    /// Position of regex's first match in str, or 0.
    public static Column regexp_instr(Column str, Column regex) {
        return call("regexp_instr", str, regex);
    }

    public static Column regexp_instr(Column str, Column regex, Column group) {
        return call("regexp_instr", str, regex, group);
    }

    /// Whether regex matches a part of str.
    public static Column regexp_like(Column str, Column regex) {
        return call("regexp_like", str, regex);
    }

    /// str with what regex matches replaced; $1 is its first group.
    public static Column regexp_replace(Column str, Column regex, Column replacement) {
        return call("regexp_replace", str, regex, replacement);
    }

    public static Column regexp_replace(Column str, String regex, String replacement) {
        return call("regexp_replace", str, lit(regex), lit(replacement));
    }

    /// regex's first match in str, or NULL.
    public static Column regexp_substr(Column str, Column regex) {
        return call("regexp_substr", str, regex);
    }

    /// str n times over.
    public static Column repeat(Column str, Column n) {
        return call("repeat", str, n);
    }

    public static Column repeat(Column str, int n) {
        return call("repeat", str, lit(n));
    }

    /// str with each occurrence of search replaced.
    public static Column replace(Column str, Column search) {
        return call("replace", str, search);
    }

    public static Column replace(Column str, Column search, Column replacement) {
        return call("replace", str, search, replacement);
    }

    /// str, or an array, from its end to its start.
    public static Column reverse(Column str) {
        return call("reverse", str);
    }

    /// The last n characters.
    public static Column right(Column str, Column n) {
        return call("right", str, n);
    }

    /// Whether regex matches a part of str.
    public static Column rlike(Column str, Column regex) {
        return call("rlike", str, regex);
    }

    /// str filled up on the right, or cut, to len characters.
    public static Column rpad(Column str, Column len, Column pad) {
        return call("rpad", str, len, pad);
    }

    public static Column rpad(Column str, int len, byte[] pad) {
        return call("rpad", str, lit(len), lit(pad));
    }

    public static Column rpad(Column str, int len, String pad) {
        return call("rpad", str, lit(len), lit(pad));
    }

    /// str without blanks, or the given characters, at its end.
    public static Column rtrim(Column str) {
        return call("rtrim", str);
    }

    public static Column rtrim(Column str, Column characters) {
        return call("rtrim", str, characters);
    }

    public static Column rtrim(Column str, String characters) {
        return call("rtrim", str, lit(characters));
    }

    /// str as a string literal of SQL.
    public static Column quote(Column str) {
        return call("quote", str);
    }

    /// The words of each sentence of str.
    public static Column sentences(Column str) {
        return call("sentences", str);
    }

    public static Column sentences(Column str, Column language) {
        return call("sentences", str, language);
    }

    public static Column sentences(Column str, Column language, Column country) {
        return call("sentences", str, language, country);
    }

    /// The Soundex code of str.
    public static Column soundex(Column str) {
        return call("soundex", str);
    }

    /// The parts of str between matches of regex.
    public static Column split(Column str, Column regex) {
        return call("split", str, regex);
    }

    public static Column split(Column str, String regex) {
        return call("split", str, lit(regex));
    }

    public static Column split(Column str, Column regex, Column limit) {
        return call("split", str, regex, limit);
    }

    public static Column split(Column str, String regex, int limit) {
        return call("split", str, lit(regex), lit(limit));
    }

    /// The n-th part of str between delimiters; a negative n counts from the end.
    public static Column split_part(Column str, Column delimiter, Column n) {
        return call("split_part", str, delimiter, n);
    }

    /// Whether str starts with prefix.
    public static Column startswith(Column str, Column prefix) {
        return call("startswith", str, prefix);
    }

    /// The part of str from pos on; a negative pos counts from the end.
    public static Column substr(Column str, Column pos) {
        return call("substr", str, pos);
    }

    public static Column substr(Column str, Column pos, Column len) {
        return call("substr", str, pos, len);
    }

    /// The part of str from pos on; a negative pos counts from the end.
    public static Column substring(Column str, Column pos, Column len) {
        return call("substring", str, pos, len);
    }

    public static Column substring(Column str, int pos, int len) {
        return call("substring", str, lit(pos), lit(len));
    }

    /// What stands before the n-th delimiter, or after it from the end where n is negative.
    public static Column substring_index(Column str, String delimiter, int n) {
        return call("substring_index", str, lit(delimiter), lit(n));
    }

    /// Text in hexadecimal digits, base64 or utf-8 as bytes.
    public static Column to_binary(Column str) {
        return call("to_binary", str);
    }

    public static Column to_binary(Column str, Column format) {
        return call("to_binary", str, format);
    }

    /// A number, a time or bytes as text, by a pattern.
    public static Column to_char(Column x, Column pattern) {
        return call("to_char", x, pattern);
    }

    /// Text as a number, by a pattern such as 99G999D00.
    public static Column to_number(Column str, Column pattern) {
        return call("to_number", str, pattern);
    }

    /// A number, a time or bytes as text, by a pattern.
    public static Column to_varchar(Column x, Column pattern) {
        return call("to_varchar", x, pattern);
    }

    /// str with each character of from replaced by the one at its place in to.
    public static Column translate(Column str, String from, String to) {
        return call("translate", str, lit(from), lit(to));
    }

    /// str without blanks, or the given characters, at both ends.
    public static Column trim(Column str) {
        return call("trim", str);
    }

    public static Column trim(Column str, Column characters) {
        return call("trim", str, characters);
    }

    public static Column trim(Column str, String characters) {
        return call("trim", str, lit(characters));
    }

    /// As parse_url, with NULL for what is no URL.
    public static Column try_parse_url(Column url, Column part) {
        return call("try_parse_url", url, part);
    }

    public static Column try_parse_url(Column url, Column part, Column key) {
        return call("try_parse_url", url, part, key);
    }

    /// As to_binary, with NULL for text that does not fit.
    public static Column try_to_binary(Column str) {
        return call("try_to_binary", str);
    }

    public static Column try_to_binary(Column str, Column format) {
        return call("try_to_binary", str, format);
    }

    /// As to_number, with NULL for text that does not fit.
    public static Column try_to_number(Column str, Column pattern) {
        return call("try_to_number", str, pattern);
    }

    /// As url_decode, with NULL for what cannot be decoded.
    public static Column try_url_decode(Column str) {
        return call("try_url_decode", str);
    }

    /// str, where it is valid UTF-8; else NULL.
    public static Column try_validate_utf8(Column str) {
        return call("try_validate_utf8", str);
    }

    /// str in upper case.
    public static Column ucase(Column str) {
        return call("ucase", str);
    }

    /// The bytes that base 64 text stands for.
    public static Column unbase64(Column str) {
        return call("unbase64", str);
    }

    /// The bytes that hexadecimal digits stand for; NULL for others.
    public static Column unhex(Column str) {
        return call("unhex", str);
    }

    /// str in upper case.
    public static Column upper(Column str) {
        return call("upper", str);
    }

    /// What url_encode made of a string.
    public static Column url_decode(Column str) {
        return call("url_decode", str);
    }

    /// str as it may stand in a URL's query.
    public static Column url_encode(Column str) {
        return call("url_encode", str);
    }

    /// str, where it is valid UTF-8; else an error.
    public static Column validate_utf8(Column str) {
        return call("validate_utf8", str);
    }
}
