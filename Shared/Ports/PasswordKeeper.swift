// Ports · doors · sees Contracts

/// Makes of a password what may be stored of it: slowly, so that nobody who steals it guesses it back.
package protocol PasswordKeeper: Sendable {
    /// What to store: it names its own costs, so they may rise without anybody's password being lost.
    func seal(_ password: String) async throws -> String
    /// Whether the password is the one that was sealed. Nil for somebody nobody knows: it takes as long, and is false.
    func opens(_ password: String, _ sealed: String?) async throws -> Bool
}
