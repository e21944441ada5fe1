/** What a request brings along. */
package org.candor.rest.body;
