/** What the web pages of products send: who may, how much, and what is kept of it. */
package org.candor.rest.product;
