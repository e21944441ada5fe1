/** Disclosure: what was announced to the owner; what an upgrade adds is withheld until then. */
package org.candor.core.disclosure;
