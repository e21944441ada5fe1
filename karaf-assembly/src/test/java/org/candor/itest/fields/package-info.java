/** The list of what may leave, against what leaves, without any container. */
package org.candor.itest.fields;
