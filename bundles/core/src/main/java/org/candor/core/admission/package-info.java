/**
 * Admission control: consent, grace period, announced fields and destination come to one decision.
 */
package org.candor.core.admission;
