package contextinstruct

func fine() {}
