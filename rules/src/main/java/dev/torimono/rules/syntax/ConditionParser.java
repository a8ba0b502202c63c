// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import dev.torimono.rules.RuleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses conditions by recursive descent. The grammar, with blanks allowed between tokens unless
 * noted:
 *
 * <pre>{@code
 * condition  = or ;
 * or         = and { "or" ( blank and | group ) } ;
 * and        = not { "and" ( blank not | group ) } ;
 * not        = { "not" blank } ( "not" group | check ) ;           (* pairs of nots cancel *)
 * group      = "(" or ")" ;
 * check      = group | operand test | identifier ;                 (* identifier: a macro *)
 * operand    = field | transform ;
 * test       = "exists"
 *            | ( "<=" | "<" | ">=" | ">" ) ( number | right )
 *            | textop ( string | right )
 *            | textop blank modifier blank ( list | identifier | right )
 *            | ( "intersects" | "in" | "pmatch" ) ( list | identifier | right ) ;
 * textop     = "==" | "=" | "!=" | word blank ;
 * word       = "glob" | "iglob" | "contains" | "icontains" | "bcontains" | "startswith"
 *            | "bstartswith" | "endswith" | "regex" ;
 * modifier   = "oneof" | "anyof" | "allof" ;
 * right      = "val(" field ")" [ argument ] | transform ;
 * list       = "(" [ string { "," string } ] ")" ;
 * transform  = name "(" part { "," part } ")" [ argument ] ;       (* no blank before "(" *)
 * name       = "tolower" | "toupper" | "b64" | "basename" | "len" | "join" | "concat" | "getopt" ;
 * part       = value | "(" [ value { "," value } ] ")" ;
 * value      = field | transform | quoted | number ;
 * field      = identifier "." identifier { "." identifier } [ argument ] ;   (* no blanks *)
 * argument   = "[" ( quoted | text without blanks, brackets, quotes ) "]" ;  (* no blanks *)
 * string     = quoted | text without blanks and ( ) " ' = , ;
 * identifier = letter { letter | digit | "_" } ;
 * number     = "0x" hex | [ sign ] digits [ "." digits ] [ "e" sign digits ] ;
 * }</pre>
 *
 * Nesting is bounded in the currency that Falco counts in: calls of its own recursive descent.
 */
public final class ConditionParser {
    /** Falco's limit for a condition that stands alone. */
    public static final int DEFAULT_DEPTH = 100;

    /** Falco's limit for the conditions of rules and macros. */
    public static final int RULE_DEPTH = 1000;

    private static final Operator[] ORDERING = {Operator.LE, Operator.LT, Operator.GE, Operator.GT};
    private static final Operator[] SYMBOLS = {Operator.EQEQ, Operator.EQ, Operator.NE};
    private static final Operator[] WORDS = {
        Operator.GLOB,
        Operator.IGLOB,
        Operator.CONTAINS,
        Operator.ICONTAINS,
        Operator.BCONTAINS,
        Operator.STARTSWITH,
        Operator.BSTARTSWITH,
        Operator.ENDSWITH,
        Operator.REGEX
    };
    private static final Operator[] LISTS = {Operator.INTERSECTS, Operator.IN, Operator.PMATCH};

    private final Cursor cursor;
    private final OperandParser operands;

    private ConditionParser(Cursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor);
    }

    /** Parses a condition that stands alone. */
    public static Expr parse(String text) {
        return parse(text, DEFAULT_DEPTH, 0);
    }

    /**
     * Parses a condition.
     *
     * @param maxDepth how deep it may nest
     * @param base added to every position, so that texts parsed together can be told apart
     * @throws RuleException of kind SYNTAX
     */
    public static Expr parse(String text, int maxDepth, int base) {
        if (text.isEmpty()) {
            throw new RuleException(
                    RuleException.Kind.SYNTAX, "empty condition", new Span(base, base));
        }
        ConditionParser parser = new ConditionParser(new Cursor(text, maxDepth, base));
        Expr expr = parser.or();
        if (!parser.cursor.atEnd()) {
            throw parser.cursor.unexpected("'and', 'or' or the end");
        }
        return expr;
    }

    private Expr or() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        List<Expr> parts = new ArrayList<>(2);
        parts.add(and());
        cursor.blank();
        while (cursor.take("or")) {
            parts.add(groupAfter("or") ? embedded() : and());
            cursor.blank();
        }
        cursor.leave();
        return parts.size() == 1 ? parts.getFirst() : new Expr.Or(parts, cursor.span(start));
    }

    private Expr and() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        List<Expr> parts = new ArrayList<>(2);
        parts.add(not());
        cursor.blank();
        while (cursor.take("and")) {
            parts.add(groupAfter("and") ? embedded() : not());
            cursor.blank();
        }
        cursor.leave();
        return parts.size() == 1 ? parts.getFirst() : new Expr.And(parts, cursor.span(start));
    }

    /** Whether a group follows the word directly; otherwise a blank did. */
    private boolean groupAfter(String word) {
        if (cursor.blank()) {
            return false;
        }
        if (!cursor.take("(")) {
            throw cursor.unexpected("a blank or '(' after '" + word + "'");
        }
        return true;
    }

    private Expr not() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        boolean negated = false;
        while (cursor.takeSpaced("not")) {
            negated = !negated;
        }
        Expr part;
        if (cursor.take("not(")) {
            negated = !negated;
            part = embedded();
        } else {
            part = check();
        }
        cursor.leave();
        return negated ? new Expr.Not(part, cursor.span(start)) : part;
    }

    /** The rest of a group after its parenthesis. */
    private Expr embedded() {
        cursor.enter();
        cursor.blank();
        Expr inner = or();
        cursor.blank();
        if (!cursor.take(")")) {
            throw cursor.unexpected("')'");
        }
        cursor.leave();
        return inner;
    }

    private Expr check() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        Expr check;
        if (cursor.take("(")) {
            check = embedded();
        } else if (cursor.fieldName()) {
            check = test(operands.field(start), start);
        } else if (operands.opensTransformer()) {
            check = test(operands.transform(start), start);
        } else if (cursor.identifier()) {
            check = new Expr.MacroRef(cursor.token(), cursor.span(start));
        } else {
            throw cursor.unexpected("'(', a field or a macro");
        }
        cursor.leave();
        return check;
    }

    private Expr test(Expr.Operand left, int start) {
        cursor.enter();
        cursor.blank();
        Expr test;
        Operator operator;
        if (cursor.take("exists")) {
            test = new Expr.Exists(left, cursor.span(start));
        } else if ((operator = take(ORDERING)) != null) {
            test = compare(left, operator, null, operands.number(), start);
        } else if ((operator = take(SYMBOLS)) != null) {
            Quantifier quantifier = cursor.blank() ? quantifier() : null;
            test = compare(left, operator, quantifier, right(quantifier), start);
        } else if ((operator = takeSpaced(WORDS)) != null) {
            cursor.blank();
            Quantifier quantifier = quantifier();
            test = compare(left, operator, quantifier, right(quantifier), start);
        } else if ((operator = take(LISTS)) != null) {
            test = compare(left, operator, null, operands.list(), start);
        } else {
            throw cursor.unexpected("an operator");
        }
        cursor.leave();
        return test;
    }

    private Expr compare(
            Expr.Operand left,
            Operator operator,
            @Nullable Quantifier quantifier,
            Expr.Right right,
            int start) {
        return new Expr.Compare(left, operator, quantifier, right, cursor.span(start));
    }

    private @Nullable Operator take(Operator[] operators) {
        for (Operator operator : operators) {
            if (cursor.take(operator.text())) {
                return operator;
            }
        }
        return null;
    }

    private @Nullable Operator takeSpaced(Operator[] operators) {
        for (Operator operator : operators) {
            if (cursor.takeSpaced(operator.text())) {
                return operator;
            }
        }
        return null;
    }

    /** A modifier, where a list or an identifier follows; otherwise its word is a value. */
    private @Nullable Quantifier quantifier() {
        int start = cursor.at();
        for (Quantifier quantifier : Quantifier.values()) {
            if (cursor.takeSpaced(quantifier.text())) {
                cursor.blank();
                int after = cursor.at();
                boolean list =
                        cursor.take("(") || (cursor.identifier() && !isKeyword(cursor.token()));
                cursor.back(list ? after : start);
                return list ? quantifier : null;
            }
        }
        return null;
    }

    private static boolean isKeyword(String word) {
        return word.equals("and") || word.equals("or") || word.equals("not");
    }

    private Expr.Right right(@Nullable Quantifier quantifier) {
        return quantifier == null ? operands.text() : operands.list();
    }
}
