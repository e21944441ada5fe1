/** What a client is told. */
package org.candor.rest.answer;
