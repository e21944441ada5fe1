/**
 * Web events: what people do in a product's web page, by group commit and a deduplication window.
 */
package org.candor.core.web;
