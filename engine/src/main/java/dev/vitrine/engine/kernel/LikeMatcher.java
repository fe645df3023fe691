package dev.vitrine.engine.kernel;

import dev.vitrine.engine.batch.Mem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A LIKE pattern over UTF-8 bytes: pieces between `%`, each of literal bytes and one-character
/// holes (`_`), found from left to right.
public final class LikeMatcher {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final List<Piece> pieces = new ArrayList<>();
    private final boolean openStart;
    private final boolean openEnd;

    /// Literal bytes, and where `hole` is set any one character.
    private static final class Piece {
        private final byte[] bytes;
        private final boolean[] hole;
        private final boolean holes;

        /// The first and the last byte, eight times each.
        private final long firsts;

        private final long lasts;

        private Piece(byte[] bytes, boolean[] hole) {
            this.bytes = bytes;
            this.hole = hole;
            boolean any = false;
            for (boolean h : hole) {
                any |= h;
            }
            this.holes = any;
            this.firsts = (bytes[0] & 0xFF) * ONES;
            this.lasts = (bytes[bytes.length - 1] & 0xFF) * ONES;
        }
    }

    /// @param pattern a valid pattern: the escape character stands before `%`, `_` or itself only
    public LikeMatcher(String pattern, char escape) {
        boolean start = false;
        boolean end = false;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Boolean> holes = new ArrayList<>();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            end = false;
            if (c == escape && i + 1 < points.length) {
                i++;
                literal(points[i], bytes, holes);
            } else if (c == '%') {
                if (pieces.isEmpty() && bytes.size() == 0) {
                    start = true;
                }
                finishPiece(bytes, holes);
                end = true;
            } else if (c == '_') {
                bytes.write(0);
                holes.add(true);
            } else {
                literal(c, bytes, holes);
            }
        }
        finishPiece(bytes, holes);
        this.openStart = start;
        this.openEnd = end;
    }

    private static void literal(int codePoint, ByteArrayOutputStream bytes, List<Boolean> holes) {
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(encoded);
        for (int i = 0; i < encoded.length; i++) {
            holes.add(false);
        }
    }

    private void finishPiece(ByteArrayOutputStream bytes, List<Boolean> holes) {
        if (bytes.size() > 0) {
            boolean[] hole = new boolean[holes.size()];
            for (int i = 0; i < hole.length; i++) {
                hole[i] = holes.get(i);
            }
            pieces.add(new Piece(bytes.toByteArray(), hole));
            bytes.reset();
            holes.clear();
        }
    }

    public boolean matches(StringRef value) {
        long at = value.address;
        long end = value.address + value.length;
        int count = pieces.size();
        if (count == 0) {
            return openStart || value.length == 0;
        }
        int first = 0;
        int last = count;
        if (!openStart) {
            long after = matchAt(pieces.getFirst(), at, end);
            if (after < 0) {
                return false;
            }
            at = after;
            first = 1;
            if (count == 1 && !openEnd) {
                return at == end;
            }
        }
        if (!openEnd && first < count) {
            last = count - 1;
        }
        for (int i = first; i < last; i++) {
            at = find(pieces.get(i), at, end);
            if (at < 0) {
                return false;
            }
        }
        return last == count || endsWith(pieces.get(last), at, end);
    }

    private static boolean endsWith(Piece piece, long from, long end) {
        if (!piece.holes) {
            long start = end - piece.bytes.length;
            return start >= from && matchAt(piece, start, end) == end;
        }
        for (long at = from; at <= end; at++) {
            if (isStart(at, end) && matchAt(piece, at, end) == end) {
                return true;
            }
        }
        return false;
    }

    private static long find(Piece piece, long from, long end) {
        if (!piece.holes) {
            return findBytes(piece, from, end);
        }
        byte first = piece.bytes[0];
        boolean hole = piece.hole[0];
        for (long at = from; at < end; at++) {
            if (hole ? isStart(at, end) : Mem.getByte(at) == first) {
                long after = matchAt(piece, at, end);
                if (after >= 0) {
                    return after;
                }
            }
        }
        return -1;
    }

    /// Eight places at once are asked whether the piece's first and last byte stand where they
    /// would (Wojciech Muła's generic search, in one long instead of a vector); where they do, all
    /// bytes are compared. The last step goes over places of the one before again.
    private static long findBytes(Piece piece, long from, long end) {
        int length = piece.bytes.length;
        long behind = end - length + 1;
        if (behind - from < Long.BYTES) {
            for (long at = from; at < behind; at++) {
                if (isAt(piece, at)) {
                    return at + length;
                }
            }
            return -1;
        }
        long firsts = piece.firsts;
        long lasts = piece.lasts;
        for (long at = from; ; at = Math.min(at + Long.BYTES, behind - Long.BYTES)) {
            long different = Mem.getLong(at) ^ firsts | Mem.getLong(at + length - 1) ^ lasts;
            long candidates = different - ONES & ~different & HIGHS;
            while (candidates != 0) {
                long place = at + (Long.numberOfTrailingZeros(candidates) >>> 3);
                if (isAt(piece, place)) {
                    return place + length;
                }
                candidates &= candidates - 1;
            }
            if (at + Long.BYTES >= behind) {
                return -1;
            }
        }
    }

    /// Whether a piece without holes stands at `at`, with room for it.
    private static boolean isAt(Piece piece, long at) {
        byte[] bytes = piece.bytes;
        for (int i = 0; i < bytes.length; i++) {
            if (Mem.getByte(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /// Address after the piece where it matches at `at`, else -1.
    private static long matchAt(Piece piece, long at, long end) {
        long here = at;
        for (int i = 0; i < piece.bytes.length; i++) {
            if (here >= end) {
                return -1;
            }
            if (piece.hole[i]) {
                here++;
                while (here < end && !isStart(here, end)) {
                    here++;
                }
            } else if (Mem.getByte(here) == piece.bytes[i]) {
                here++;
            } else {
                return -1;
            }
        }
        return here;
    }

    /// Whether a character starts at `at`: not a continuation byte.
    private static boolean isStart(long at, long end) {
        return at >= end || (Mem.getByte(at) & 0xC0) != 0x80;
    }
}
