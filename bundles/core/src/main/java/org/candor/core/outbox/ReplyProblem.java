package org.candor.core.outbox;

/**
 * Why an endpoint's last answer is not valid, which says nothing of another endpoint.
 *
 * @param endpoint whose answer it is
 * @param advice for the administrator, in a sentence or two
 */
public record ReplyProblem(String endpoint, String advice) {}
