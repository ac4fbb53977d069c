// Picture · pure · sees Contracts, Policies

extension CameraPath {
    /// The way of a move from the lens that frames the shot.
    init(_ lens: Lens, _ move: CameraMove, strength: Double, seconds: Double) {
        self.init(from: lens, to: lens, seconds: seconds)
        // Never more than an eighth of the frame a second, however short the shot.
        let k = clamp(strength) * min(1, 0.35 + seconds / 5)
        let aside = 150 * k / lens.zoom
        let up = 70 * k / lens.zoom
        switch move {
        case .still, .tracking, .handheld: break
        case .panRight, .whip:
            from.x -= aside
            to.x += aside
        case .panLeft:
            from.x += aside
            to.x -= aside
        case .tiltUp:
            from.y += up
            to.y -= up
        case .tiltDown:
            from.y -= up
            to.y += up
        case .pushIn, .zoomIn:
            from.zoom = lens.zoom * (1 - 0.07 * k)
            to.zoom = lens.zoom * (1 + 0.13 * k)
        case .pullOut, .zoomOut:
            from.zoom = lens.zoom * (1 + 0.15 * k)
            to.zoom = lens.zoom * (1 - 0.06 * k)
        }
        if move == .tracking { pace = .even }
    }

    /// Keeps the view inside what is painted, `view` being what it shows at zoom 1.
    mutating func stayInside(_ view: Box) {
        from = CameraPath.kept(from, view)
        to = CameraPath.kept(to, view)
    }

    static func kept(_ lens: Lens, _ view: Box) -> Lens {
        var kept = lens
        let margin = 6.0
        let everything = Box.everything
        let least = max(view.width / (everything.width - 2 * margin), view.height / (everything.height - 2 * margin))
        kept.zoom = clamp(lens.zoom, max(0.3, least), 14)
        let halfWidth = view.width / 2 / kept.zoom + margin
        let halfHeight = view.height / 2 / kept.zoom + margin
        kept.x = clamp(lens.x, everything.x + halfWidth, everything.maxX - halfWidth)
        kept.y = clamp(
            lens.y, everything.y + halfHeight, min(everything.maxY - halfHeight, 800 - view.height / 2 / kept.zoom))
        return kept
    }
}
