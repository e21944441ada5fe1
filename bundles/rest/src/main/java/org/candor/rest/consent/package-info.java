/** The owner's answers, in the words of StorageOS' two APIs. */
package org.candor.rest.consent;
