FLASK_APP=cms:create_app
