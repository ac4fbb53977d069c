// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    func house(_ painter: Painter, _ spot: Spot, width: Double, isNear: Bool) {
        painter.fill(.rectangle(spot.at.x, spot.at.y - spot.height, width, spot.height), Colour(0xe6c9a0))
    }
}
