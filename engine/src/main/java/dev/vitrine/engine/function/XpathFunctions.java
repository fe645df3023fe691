package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Functions that look into XML by XPath 1.0. Documents with a DTD are refused: one could read
/// files.
final class XpathFunctions {
    private static final String G = "xml";
    private static final String SAMPLE = "('<a><b>1</b><b>2</b></a>', '";

    private XpathFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "xpath(xml, path)",
                                "The texts that a path leads to.",
                                "xpath" + SAMPLE + "a/b/text()')",
                                "[\"1\",\"2\"]")
                        .takes(ArgType.STRING, ArgType.STRING)
                        .prepared(XpathFunctions::constantPath)
                        .returns(new DataType.Array(DataType.STRING, true))
                        .fails()
                        .computedBy((a, s) -> texts(a)),
                define(
                                G,
                                "xpath_boolean(xml, path)",
                                "Whether a path leads to something, or holds.",
                                "xpath_boolean" + SAMPLE + "a/b')",
                                "true")
                        .takes(ArgType.STRING, ArgType.STRING)
                        .prepared(XpathFunctions::constantPath)
                        .returns(DataType.BOOLEAN)
                        .fails()
                        .computedBy((a, s) -> found("xpath_boolean", a, XPathConstants.BOOLEAN)),
                define(
                                G,
                                "xpath_string(xml, path)",
                                "The text that a path leads to first.",
                                "xpath_string" + SAMPLE + "a/b')",
                                "1")
                        .takes(ArgType.STRING, ArgType.STRING)
                        .prepared(XpathFunctions::constantPath)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) -> found("xpath_string", a, XPathConstants.STRING)),
                number("xpath_short", "3", DataType.SMALLINT, Double::shortValue),
                number("xpath_int", "3", DataType.INT, Double::intValue),
                number("xpath_long", "3", DataType.BIGINT, Double::longValue),
                number("xpath_float", "3.0", DataType.FLOAT, Double::floatValue),
                number("xpath_double", "3.0", DataType.DOUBLE, n -> n).alsoNamed("xpath_number"));
    }

    private static FunctionEntry number(
            String name, String result, DataType type, Function<Double, Object> narrowed) {
        return define(
                        G,
                        name + "(xml, path)",
                        "The number that a path computes; of a number type's zero where it is none.",
                        name + SAMPLE + "sum(a/b)')",
                        result)
                .takes(ArgType.STRING, ArgType.STRING)
                .prepared(XpathFunctions::constantPath)
                .returns(type)
                .fails()
                .computedBy(
                        (a, s) -> narrowed.apply((Double) found(name, a, XPathConstants.NUMBER)));
    }

    private static FunctionCall constantPath(FunctionCall call) {
        call.constant(call.arg(1), "path");
        return call;
    }

    private static Object texts(@Nullable Object[] a) {
        NodeList nodes = (NodeList) found("xpath", a, XPathConstants.NODESET);
        List<@Nullable Object> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getNodeValue());
        }
        return texts;
    }

    private static Object found(String function, @Nullable Object[] a, QName kind) {
        String xml = String.valueOf(a[0]);
        String path = String.valueOf(a[1]);
        try {
            return XPathFactory.newInstance().newXPath().evaluate(path, document(xml), kind);
        } catch (XPathExpressionException | SAXException e) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName",
                            "`" + function + "`",
                            "parameter",
                            e instanceof SAXException ? "`xml`" : "`path`",
                            "invalidValue",
                            "'" + (e instanceof SAXException ? xml : path) + "'",
                            "expected",
                            e instanceof SAXException ? "XML without a DTD" : "a path"),
                    null,
                    e);
        }
    }

    private static Document document(String xml) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default handler prints to standard error.
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | IOException e) {
            throw EngineException.internal("the JDK's XML parser does not start", e);
        }
    }
}
