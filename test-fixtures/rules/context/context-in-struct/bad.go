package contextinstruct

func found() {} // want "context-in-struct: "
