<?php

Dict::Add('FR FR', 'French', 'Français', [
	'Class:UserRequest/Attribute:external_ref' => 'Ticket de l\'établissement',
	'Class:UserRequest/Attribute:external_ref+' => 'Écrit par GroupTicketing : établissement et numéro du ticket dans son outil',
]);
