package dev.vitrine.connectors.parquet;

import java.io.IOException;

/// What stands before a page.
///
/// @param length bytes of the header itself
/// @param values values in the page, NULLs among them
/// @param levelBytes bytes of definition levels before the values, in pages of version 2; -1 in
///   those of version 1, where the levels are packed with the values and begin with their length
/// @param packed whether the values are compressed as the chunk's codec says
record PageHeader(
        Kind kind,
        int length,
        int uncompressedSize,
        int compressedSize,
        int values,
        int encoding,
        int levelEncoding,
        int levelBytes,
        boolean packed) {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int DELTA_BINARY_PACKED = 5;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int DELTA_BYTE_ARRAY = 7;
    static final int RLE_DICTIONARY = 8;
    static final int BYTE_STREAM_SPLIT = 9;

    enum Kind {
        DATA,
        DICTIONARY,
        /// Anything that readers step over.
        OTHER
    }

    /// Reads the header that begins at `from`.
    ///
    /// @throws java.io.EOFException if it does not end before `end`
    static PageHeader read(long from, long end) throws IOException {
        Fields fields = new Fields();
        ThriftReader in = new ThriftReader(from, end);
        fields.read(in);
        return fields.header((int) (in.position() - from));
    }

    boolean isCoded() {
        return encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY;
    }

    /// The fields as they come.
    private static final class Fields {
        private int type = -1;
        private int uncompressedSize = -1;
        private int compressedSize = -1;
        private int values = -1;
        private int encoding = -1;
        private int levelEncoding = RLE;
        private int levelBytes = -1;
        private int repetitionBytes;
        private boolean packed = true;

        void read(ThriftReader in) throws IOException {
            for (int type = in.nextField(); type != ThriftReader.STOP; type = in.nextField()) {
                switch (in.field()) {
                    case 1 -> this.type = in.readInt();
                    case 2 -> uncompressedSize = in.readInt();
                    case 3 -> compressedSize = in.readInt();
                    case 5 -> struct(in, type, this::firstVersion);
                    case 7 -> struct(in, type, this::dictionary);
                    case 8 -> struct(in, type, this::secondVersion);
                    default -> in.skip(type);
                }
            }
        }

        private interface Member {
            void read(ThriftReader in, int type) throws IOException;
        }

        private static void struct(ThriftReader in, int type, Member member) throws IOException {
            if (type != ThriftReader.STRUCT) {
                throw new IOException("a page header is damaged");
            }
            int outer = in.beginStruct();
            for (int inner = in.nextField(); inner != ThriftReader.STOP; inner = in.nextField()) {
                member.read(in, inner);
            }
            in.endStruct(outer);
        }

        private void firstVersion(ThriftReader in, int type) throws IOException {
            switch (in.field()) {
                case 1 -> values = in.readInt();
                case 2 -> encoding = in.readInt();
                case 3 -> levelEncoding = in.readInt();
                default -> in.skip(type);
            }
        }

        private void dictionary(ThriftReader in, int type) throws IOException {
            switch (in.field()) {
                case 1 -> values = in.readInt();
                case 2 -> encoding = in.readInt();
                default -> in.skip(type);
            }
        }

        private void secondVersion(ThriftReader in, int type) throws IOException {
            switch (in.field()) {
                case 1 -> values = in.readInt();
                case 4 -> encoding = in.readInt();
                case 5 -> levelBytes = in.readInt();
                case 6 -> repetitionBytes = in.readInt();
                case 7 -> packed = type == ThriftReader.TRUE;
                default -> in.skip(type);
            }
        }

        PageHeader header(int length) throws IOException {
            Kind kind =
                    switch (type) {
                        case 0, 3 -> Kind.DATA;
                        case 2 -> Kind.DICTIONARY;
                        default -> Kind.OTHER;
                    };
            boolean second = type == 3;
            if (uncompressedSize < 0
                    || compressedSize < 0
                    || (kind != Kind.OTHER && (values < 0 || encoding < 0))
                    || (second && (levelBytes < 0 || repetitionBytes != 0))
                    || (second && levelBytes > Math.min(compressedSize, uncompressedSize))) {
                throw new IOException("a page header is damaged");
            }
            return new PageHeader(
                    kind,
                    length,
                    uncompressedSize,
                    compressedSize,
                    values,
                    encoding,
                    levelEncoding,
                    second ? levelBytes : -1,
                    packed);
        }
    }
}
