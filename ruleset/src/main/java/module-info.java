/** The detections we ship, as resources, and where to find them. No logic. */
@org.jspecify.annotations.NullMarked
module dev.torimono.ruleset {
    requires static org.jspecify;

    exports dev.torimono.ruleset;
}
