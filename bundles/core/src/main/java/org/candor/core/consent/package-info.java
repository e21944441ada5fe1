/** Consent: whether a purpose is allowed, and authorised by whom. */
package org.candor.core.consent;
