def setup(app):
    app.add_directive("fancy-box", None)
