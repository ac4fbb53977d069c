// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import Synchronization

/// Projects that were found once. Nobody can remove one, so they need not be looked for again.
final class KnownProjects: Sendable {
    private struct Name: Hashable {
        let tenant: TenantID
        let project: ProjectID
    }

    private static let most = 10_000

    private let names = Mutex<Set<Name>>([])

    func has(_ project: ProjectID, of tenant: TenantID) -> Bool {
        names.withLock { $0.contains(Name(tenant: tenant, project: project)) }
    }

    func keep(_ project: ProjectID, of tenant: TenantID) {
        names.withLock { names in
            if names.count >= Self.most { names = [] }
            names.insert(Name(tenant: tenant, project: project))
        }
    }
}
