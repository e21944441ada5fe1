/** Crash intake: scrubs, keeps and deduplicates crashes, and aggregates those of a crash loop. */
package org.candor.core.crash;
