package org.candor.api.document;

import java.util.List;
import org.candor.api.control.SeenCrash;

/** The crashes that were seen. */
public record CrashesDocument(List<SeenCrash> crashes) {}
