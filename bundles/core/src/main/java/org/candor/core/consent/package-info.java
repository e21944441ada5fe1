/** Whether a purpose is allowed, and on whose word. */
package org.candor.core.consent;
