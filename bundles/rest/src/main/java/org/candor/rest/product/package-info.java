/** Web events of products' pages: who may send, how many, and what is kept of them. */
package org.candor.rest.product;
