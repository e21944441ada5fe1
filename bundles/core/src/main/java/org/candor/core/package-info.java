/** The machinery between the sources and the sinks; everything here is private. */
package org.candor.core;
