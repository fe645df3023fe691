package dev.vitrine.engine.api;

/// Functions of numbers. Users see them as [Functions].
abstract sealed class MathColumns extends PlainColumns permits TextColumns {
    MathColumns() {}

    /// x without its sign.
    public static Column abs(Column x) {
        return call("abs", x);
    }

    /// Arc cosine of x.
    public static Column acos(Column x) {
        return call("acos", x);
    }

    public static Column acos(String x) {
        return call("acos", col(x));
    }

    /// Inverse hyperbolic cosine of x.
    public static Column acosh(Column x) {
        return call("acosh", x);
    }

    public static Column acosh(String x) {
        return call("acosh", col(x));
    }

    /// Arc sine of x.
    public static Column asin(Column x) {
        return call("asin", x);
    }

    public static Column asin(String x) {
        return call("asin", col(x));
    }

    /// Inverse hyperbolic sine of x.
    public static Column asinh(Column x) {
        return call("asinh", x);
    }

    public static Column asinh(String x) {
        return call("asinh", col(x));
    }

    /// Arc tangent of x.
    public static Column atan(Column x) {
        return call("atan", x);
    }

    public static Column atan(String x) {
        return call("atan", col(x));
    }

    /// Angle of the point (x, y).
    public static Column atan2(Column y, Column x) {
        return call("atan2", y, x);
    }

    public static Column atan2(Column y, double x) {
        return call("atan2", y, lit(x));
    }

    public static Column atan2(Column y, String x) {
        return call("atan2", y, col(x));
    }

    public static Column atan2(double y, Column x) {
        return call("atan2", lit(y), x);
    }

    public static Column atan2(String y, Column x) {
        return call("atan2", col(y), x);
    }

    public static Column atan2(double y, String x) {
        return call("atan2", lit(y), col(x));
    }

    public static Column atan2(String y, double x) {
        return call("atan2", col(y), lit(x));
    }

    public static Column atan2(String y, String x) {
        return call("atan2", col(y), col(x));
    }

    /// Inverse hyperbolic tangent of x.
    public static Column atanh(Column x) {
        return call("atanh", x);
    }

    public static Column atanh(String x) {
        return call("atanh", col(x));
    }

    /// n in binary digits.
    public static Column bin(Column n) {
        return call("bin", n);
    }

    public static Column bin(String n) {
        return call("bin", col(n));
    }

    /// Number of bits set in n.
    public static Column bit_count(Column n) {
        return call("bit_count", n);
    }

    /// The bit of n at a position from 0 on the right.
    public static Column bit_get(Column n, Column pos) {
        return call("bit_get", n, pos);
    }

    /// The bit for n in its bitmap.
    public static Column bitmap_bit_position(Column n) {
        return call("bitmap_bit_position", n);
    }

    /// The number of the bitmap for n.
    public static Column bitmap_bucket_number(Column n) {
        return call("bitmap_bucket_number", n);
    }

    /// Number of bits set in a bitmap.
    public static Column bitmap_count(Column bitmap) {
        return call("bitmap_count", bitmap);
    }

    /// x rounded half to even to a number of digits after the point.
    public static Column bround(Column x) {
        return call("bround", x);
    }

    public static Column bround(Column x, Column digits) {
        return call("bround", x, digits);
    }

    public static Column bround(Column x, int digits) {
        return call("bround", x, lit(digits));
    }

    /// Cube root of x.
    public static Column cbrt(Column x) {
        return call("cbrt", x);
    }

    public static Column cbrt(String x) {
        return call("cbrt", col(x));
    }

    /// Smallest whole number not below x.
    public static Column ceil(Column x) {
        return call("ceil", x);
    }

    public static Column ceil(String x) {
        return call("ceil", col(x));
    }

    public static Column ceil(Column x, Column digits) {
        return call("ceil", x, digits);
    }

    /// Smallest whole number not below x.
    public static Column ceiling(Column x) {
        return call("ceiling", x);
    }

    public static Column ceiling(Column x, Column digits) {
        return call("ceiling", x, digits);
    }

    /// A number's digits of one base in another, 2 to 36; a negative base writes a sign.
    public static Column conv(Column digits, int from, int to) {
        return call("conv", digits, lit(from), lit(to));
    }

    /// Cosine of x in radians.
    public static Column cos(Column x) {
        return call("cos", x);
    }

    public static Column cos(String x) {
        return call("cos", col(x));
    }

    /// Hyperbolic cosine of x.
    public static Column cosh(Column x) {
        return call("cosh", x);
    }

    public static Column cosh(String x) {
        return call("cosh", col(x));
    }

    /// Cotangent of x in radians.
    public static Column cot(Column x) {
        return call("cot", x);
    }

    /// Cosecant of x in radians.
    public static Column csc(Column x) {
        return call("csc", x);
    }

    /// Radians to degrees.
    public static Column degrees(Column x) {
        return call("degrees", x);
    }

    public static Column degrees(String x) {
        return call("degrees", col(x));
    }

    /// Euler's number.
    public static Column e() {
        return call("e");
    }

    /// e to the power of x.
    public static Column exp(Column x) {
        return call("exp", x);
    }

    public static Column exp(String x) {
        return call("exp", col(x));
    }

    /// exp(x) - 1.
    public static Column expm1(Column x) {
        return call("expm1", x);
    }

    public static Column expm1(String x) {
        return call("expm1", col(x));
    }

    /// n!; NULL outside 0 to 20.
    public static Column factorial(Column n) {
        return call("factorial", n);
    }

    /// Largest whole number not above x.
    public static Column floor(Column x) {
        return call("floor", x);
    }

    public static Column floor(String x) {
        return call("floor", col(x));
    }

    public static Column floor(Column x, Column digits) {
        return call("floor", x, digits);
    }

    /// The bit of n at a position from 0 on the right.
    public static Column getbit(Column n, Column pos) {
        return call("getbit", n, pos);
    }

    /// Square root of x² + y².
    public static Column hypot(Column x, Column y) {
        return call("hypot", x, y);
    }

    public static Column hypot(Column x, double y) {
        return call("hypot", x, lit(y));
    }

    public static Column hypot(Column x, String y) {
        return call("hypot", x, col(y));
    }

    public static Column hypot(double x, Column y) {
        return call("hypot", lit(x), y);
    }

    public static Column hypot(String x, Column y) {
        return call("hypot", col(x), y);
    }

    public static Column hypot(double x, String y) {
        return call("hypot", lit(x), col(y));
    }

    public static Column hypot(String x, double y) {
        return call("hypot", col(x), lit(y));
    }

    public static Column hypot(String x, String y) {
        return call("hypot", col(x), col(y));
    }

    /// Whether x is NaN.
    public static Column isnan(Column x) {
        return call("isnan", x);
    }

    /// Natural logarithm of x; NULL at and below zero.
    public static Column ln(Column x) {
        return call("ln", x);
    }

    /// Logarithm of x to a base; of one argument the natural one.
    public static Column log(Column base) {
        return call("log", base);
    }

    public static Column log(String base) {
        return call("log", lit(base));
    }

    public static Column log(double base, Column x) {
        return call("log", lit(base), x);
    }

    public static Column log(double base, String x) {
        return call("log", lit(base), col(x));
    }

    /// Logarithm of x to base 10; NULL at and below zero.
    public static Column log10(Column x) {
        return call("log10", x);
    }

    public static Column log10(String x) {
        return call("log10", col(x));
    }

    /// ln(1 + x); NULL at and below minus one.
    public static Column log1p(Column x) {
        return call("log1p", x);
    }

    public static Column log1p(String x) {
        return call("log1p", col(x));
    }

    /// Logarithm of x to base 2; NULL at and below zero.
    public static Column log2(Column x) {
        return call("log2", x);
    }

    public static Column log2(String x) {
        return call("log2", col(x));
    }

    /// x, or y where x is NaN.
    public static Column nanvl(Column x, Column y) {
        return call("nanvl", x, y);
    }

    /// The number π.
    public static Column pi() {
        return call("pi");
    }

    /// a modulo b, never negative for positive b.
    public static Column pmod(Column a, Column b) {
        return call("pmod", a, b);
    }

    /// x to the power of y.
    public static Column pow(Column x, Column y) {
        return call("pow", x, y);
    }

    public static Column pow(Column x, double y) {
        return call("pow", x, lit(y));
    }

    public static Column pow(Column x, String y) {
        return call("pow", x, col(y));
    }

    public static Column pow(double x, Column y) {
        return call("pow", lit(x), y);
    }

    public static Column pow(String x, Column y) {
        return call("pow", col(x), y);
    }

    public static Column pow(double x, String y) {
        return call("pow", lit(x), col(y));
    }

    public static Column pow(String x, double y) {
        return call("pow", col(x), lit(y));
    }

    public static Column pow(String x, String y) {
        return call("pow", col(x), col(y));
    }

    /// x to the power of y.
    public static Column power(Column x, Column y) {
        return call("power", x, y);
    }

    /// Degrees to radians.
    public static Column radians(Column x) {
        return call("radians", x);
    }

    public static Column radians(String x) {
        return call("radians", col(x));
    }

    /// x rounded to the nearest whole number, ties to even, as a double.
    public static Column rint(Column x) {
        return call("rint", x);
    }

    public static Column rint(String x) {
        return call("rint", col(x));
    }

    /// x rounded half up to a number of digits after the point.
    public static Column round(Column x) {
        return call("round", x);
    }

    public static Column round(Column x, Column digits) {
        return call("round", x, digits);
    }

    public static Column round(Column x, int digits) {
        return call("round", x, lit(digits));
    }

    /// Secant of x in radians.
    public static Column sec(Column x) {
        return call("sec", x);
    }

    /// n << bits, as Java shifts.
    public static Column shiftLeft(Column n, int bits) {
        return call("shiftleft", n, lit(bits));
    }

    /// n >> bits, as Java shifts.
    public static Column shiftRight(Column n, int bits) {
        return call("shiftright", n, lit(bits));
    }

    /// n >>> bits, as Java shifts.
    public static Column shiftRightUnsigned(Column n, int bits) {
        return call("shiftrightunsigned", n, lit(bits));
    }

    /// n << bits, as Java shifts.
    public static Column shiftleft(Column n, int bits) {
        return call("shiftleft", n, lit(bits));
    }

    /// n >> bits, as Java shifts.
    public static Column shiftright(Column n, int bits) {
        return call("shiftright", n, lit(bits));
    }

    /// n >>> bits, as Java shifts.
    public static Column shiftrightunsigned(Column n, int bits) {
        return call("shiftrightunsigned", n, lit(bits));
    }

    /// -1.0, 0.0 or 1.0 by the sign of x.
    public static Column sign(Column x) {
        return call("sign", x);
    }

    /// -1.0, 0.0 or 1.0 by the sign of x.
    public static Column signum(Column x) {
        return call("signum", x);
    }

    public static Column signum(String x) {
        return call("signum", col(x));
    }

    /// Sine of x in radians.
    public static Column sin(Column x) {
        return call("sin", x);
    }

    public static Column sin(String x) {
        return call("sin", col(x));
    }

    /// Hyperbolic sine of x.
    public static Column sinh(Column x) {
        return call("sinh", x);
    }

    public static Column sinh(String x) {
        return call("sinh", col(x));
    }

    /// Square root of x; NaN below zero.
    public static Column sqrt(Column x) {
        return call("sqrt", x);
    }

    public static Column sqrt(String x) {
        return call("sqrt", col(x));
    }

    /// Tangent of x in radians.
    public static Column tan(Column x) {
        return call("tan", x);
    }

    public static Column tan(String x) {
        return call("tan", col(x));
    }

    /// Hyperbolic tangent of x.
    public static Column tanh(Column x) {
        return call("tanh", x);
    }

    public static Column tanh(String x) {
        return call("tanh", col(x));
    }

    /// Radians to degrees.
    public static Column toDegrees(Column x) {
        return call("degrees", x);
    }

    public static Column toDegrees(String x) {
        return call("degrees", col(x));
    }

    /// Degrees to radians.
    public static Column toRadians(Column x) {
        return call("radians", x);
    }

    public static Column toRadians(String x) {
        return call("radians", col(x));
    }

    /// a + b with NULL instead of an error.
    public static Column try_add(Column a, Column b) {
        return call("try_add", a, b);
    }

    /// a / b with NULL instead of an error.
    public static Column try_divide(Column a, Column b) {
        return call("try_divide", a, b);
    }

    /// a % b with NULL instead of an error.
    public static Column try_mod(Column a, Column b) {
        return call("try_mod", a, b);
    }

    /// a * b with NULL instead of an error.
    public static Column try_multiply(Column a, Column b) {
        return call("try_multiply", a, b);
    }

    /// a - b with NULL instead of an error.
    public static Column try_subtract(Column a, Column b) {
        return call("try_subtract", a, b);
    }

    /// Which of n equal parts from min to max x is in; 0 below, n + 1 above.
    public static Column width_bucket(Column x, Column min, Column max, Column n) {
        return call("width_bucket", x, min, max, n);
    }
}
