// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// Whoever asks, and what he may do. Everything he sees is of his tenant.
package struct Caller: Hashable, Sendable {
    package let subject: String
    package let tenant: TenantID
    package let role: String
    /// What he may do, at most, anywhere.
    package let scopes: Set<String>
    /// What he may do in each of his projects; nil: all of his scopes in every project of the tenant.
    package let projects: [ProjectID: Set<String>]?

    package init(
        subject: String, tenant: TenantID, role: String, scopes: Set<String>, projects: [ProjectID: Set<String>]? = nil
    ) {
        self.subject = subject
        self.tenant = tenant
        self.role = role
        self.scopes = scopes
        self.projects = projects
    }

    /// Where things go when nobody says where: a caller with one project has no choice.
    package var usualProject: ProjectID? {
        if let projects { return projects.count == 1 ? projects.keys.first : nil }
        return tenant == .local ? .local : nil
    }

    package func may(_ scope: String, in project: ProjectID) -> Bool {
        guard scopes.contains(scope) else { return false }
        guard let projects else { return true }
        return projects[project]?.contains(scope) ?? false
    }

    /// Throws what a client is told who may not.
    package func must(_ scope: String, in project: ProjectID) throws(FailureReport) {
        guard !may(scope, in: project) else { return }
        var failure = FailureReport(
            .forbidden, "this needs the right \(scope) in the project \(project)", owner: .gateway,
            nextStep: "ask an administrator of your tenant for it")
        failure.details = [
            "project_id": .string(project.rawValue), "required_scope": .string(scope), "actual_role": .string(role),
        ]
        throw failure
    }
}

extension Caller {
    /// Whoever holds the key of the house.
    package static let owner = Caller(
        subject: "user_local", tenant: .local, role: Role.owner.rawValue, scopes: Role.owner.scopes.words)
}
