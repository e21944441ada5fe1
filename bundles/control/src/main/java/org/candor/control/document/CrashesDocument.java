package org.candor.control.document;

import java.util.List;
import org.candor.control.SeenCrash;

/** The crashes that were seen. */
public record CrashesDocument(List<SeenCrash> crashes) {}
