package dev.vitrine.engine.types;

import java.util.List;
import java.util.OptionalInt;

/// The columns of a table or batch, in order. Names need not differ.
public record Schema(List<Field> fields) {

    public Schema {
        fields = List.copyOf(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    /// Index of the first column called `name`, letter case ignored as Spark does by default.
    public OptionalInt indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public DataType.Struct toStruct() {
        return new DataType.Struct(fields);
    }

    /// Spark's compact form, `struct<a:int,b:string>`.
    public String catalogString() {
        return toStruct().catalogString();
    }
}
